"""The page: line breaking and layout of the article, its rendering, the caret and the selection."""
