// CMake has precompiled headers of targets that compile something.
#include "tests/support/common_headers.h"
