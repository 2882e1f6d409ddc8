// What a verification of badges is asked for, through C.
#pragma once

#include "spie/credentials/badge.hpp"
#include "spie/spie.h"

namespace spie::capi {

credentials::OptionsVerification verification_argument(const spie_badge_options *given); // A001

} // namespace spie::capi
