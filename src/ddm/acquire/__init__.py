"""page, feed or folder -> Product: copy and raw materials, with what was filtered out and why."""
