"""Forms written as XLSForm (sheets survey, choices, settings), read as far as a checklist can hold them."""
