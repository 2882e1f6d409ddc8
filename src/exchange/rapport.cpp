#include "exchange/records.hpp"

namespace spie::exchange {

feel::Value to_value(const Rapport &report) { return record::to_context(report); }

} // namespace spie::exchange
