"""What people write about dates and hours, in English and Chinese."""
