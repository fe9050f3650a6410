"""What leaders read: counties side by side, how they moved, and what turned red; values in, values out."""
