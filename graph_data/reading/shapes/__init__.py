"""The shapes that published statements come in: subjects down the side, two sides, and what all of them share."""
