// How a badge is to be verified, as C says it: what verifies one alone, and what verifies one for a dossier.
#pragma once

#include "spie/credentials/badge.hpp"
#include "spie/spie.h"

namespace spie::capi {

credentials::OptionsVerification verification_argument(const spie_badge_options *given);

} // namespace spie::capi
