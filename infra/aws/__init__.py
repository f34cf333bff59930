"""The system on AWS: templates, the package, deploying it, and operating it."""
