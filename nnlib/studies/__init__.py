"""Many runs, asked one question."""
