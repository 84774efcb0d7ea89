int done = record_append(0);
char quote = '"', other = sprintf(0);
