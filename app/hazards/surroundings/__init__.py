"""Surroundings (校园周边): places and problems by ring, whom they were reported to, the answer."""
