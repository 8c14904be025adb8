"""What a roster is and how it is read: values in, values out."""
