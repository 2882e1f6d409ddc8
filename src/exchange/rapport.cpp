#include "exchange/records.hpp"

namespace spie::exchange {

feel::Value to_value(const Rapport &rapport) { return record::to_context(rapport); }

} // namespace spie::exchange
