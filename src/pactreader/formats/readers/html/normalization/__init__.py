"""HTML's constructs in one form each: pages write code, formulas, callouts and footnotes in many ways."""
