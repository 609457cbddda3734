"""What may be shown: roll-up at launch, plan, release and an independent audit.

Pure. Promise: any linear combination of everything published covers nobody or at
least k people, for any coalition of viewers.
"""
