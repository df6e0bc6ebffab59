"""What the project is measured against, on the reader's own machine."""
