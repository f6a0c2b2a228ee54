"""The methods that HTTP defines and that routes of an API use."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
