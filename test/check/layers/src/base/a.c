#include "base/a.h"

#include <stdio.h>

#include "lang/value.h"
