"""Reading an official notice: who asks what of whom by when, as written, and what the reader is unsure of."""
