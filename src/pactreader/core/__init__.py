"""The domain model: articles, text units, annotations, anchors and notebooks. Pure: no disk, no screen."""
