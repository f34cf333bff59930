"""Lambda execution environments as plain processes, for LocalStack on a machine without Docker.

Each environment is one process of AWS's own runtime client, `awslambdaric`, that asks a private Runtime API for work:

    LocalStack → adapter → environment → sandbox ┬ runtime_api   what the process is told and answers
                                                 ├ output        what it prints
                                                 └ lifeline      how it is started, and ended with LocalStack
    guard.py, a process of its own, ends whatever runs when LocalStack dies, kill -9 included.

As in AWS: cold and warm starts, init errors, crashes, timeouts, one invocation at a time, the 6 MB limit of a
response, an interpreter that knows only the deployment package, awslambdaric and boto3. Not as in AWS: no memory limit
(a limit on address space would refuse what AWS, which counts resident pages, allows), no layers, no file system of its
own.

Only `adapter` and `__main__` import LocalStack; the rest runs and is tested without it.
"""
