#include "insertion/parcours/records.hpp"

namespace spie::parcours {

feel::Value to_value(const Questions &questions) { return record::to_context(questions); }
feel::Value to_value(const DiagnosticPartage &diagnostic) { return record::to_context(diagnostic); }
feel::Value to_value(const FeuilleDeRoute &feuille) { return record::to_context(feuille); }

} // namespace spie::parcours
