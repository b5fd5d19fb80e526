"""The pages of the hall: what clerks, managers and citizens see in a browser."""
