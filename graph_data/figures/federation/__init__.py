"""The figures of many divisions as one: what each answers by itself, added up; or the cubes that all of them share."""
