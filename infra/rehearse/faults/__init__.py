"""What goes wrong during a rehearsal, one fault a module. All need the parts of a local run."""
