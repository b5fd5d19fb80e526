"""JSON over HTTP: who asks, what is asked, and every refusal in the asker's language."""
