"""Lambda execution environments as plain processes, for LocalStack on a machine without Docker.

Each environment is one process of AWS's runtime client, `awslambdaric`, which gets its invocations from a Runtime API:

    LocalStack → adapter → environment → sandbox ┬ runtime_api   invocations and answers
                                                 ├ output        its output
                                                 └ lifeline      its start, and its end with LocalStack
    guard.py, a process of its own, ends the functions when LocalStack ends, even by kill -9.

As in AWS: cold and warm starts, init errors, crashes, timeouts, one invocation at a time, the 6 MB limit of a
response, an interpreter that knows only the deployment package, awslambdaric and boto3. Not as in AWS: no memory limit
(a limit on address space would refuse what AWS, which counts resident pages, allows), no layers, no file system of its
own.

Only `adapter` and `__main__` import LocalStack; the rest runs and is tested without it.
"""
