"""What codes mean to who reads: the lists of the sources say theirs, mots.json says ours."""
