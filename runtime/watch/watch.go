// Package watch tells which files have changed, once they have come to rest. It watches folders, never files:
// editors replace files, and a watch on a replaced file is dead. What the operating system reports is taken as a
// hint to look; what counts is the content.
package watch
