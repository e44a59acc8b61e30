"""font files by family, weight and script, fetched under open licences and never taken from the system."""
