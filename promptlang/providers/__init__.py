"""What each platform can do and how its requests are spelt."""
