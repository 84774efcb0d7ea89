/* "penalty" in a comment is no fault */
int a = is(S("penalty")) + is(S("units")) + is(S("scenario-name")) + is(S("penalty-x"));
const char *where = "某山市人民政府";
