	want libfoo-dev module libfoo
