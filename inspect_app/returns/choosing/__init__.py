"""What people say that the columns of a county's workbooks mean: asked once, remembered, shown, and revocable."""
