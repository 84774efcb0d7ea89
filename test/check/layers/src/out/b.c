#include "out/b.h"

#include "base/a.h"
#include "lang/value.h"
#include "lang/yaml.h"
#include "b.h"
