"""What PactReader is: articles, units, annotations, anchors and notebooks. Pure: no disk, no screen."""
