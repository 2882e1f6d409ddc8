// Facts as the caller gives them, read into the types that the models declare: a date written as text, an answer that
// is no answer, an unknown key, a wrong type (decisions §1).
#pragma once

#include "rules/json/reader.hpp"
#include "spie/feel/type.hpp"

namespace spie::pack {

// `path` names the fact for people ("freins[2].reponse"), the reader's place names it for programs
// ("/freins/1/reponse"). What is absent, null, non_aborde, ne_sait_pas or refuse becomes an unknown that carries its
// path.
feel::Value read_fact(const json::Reader &given, const feel::Type &type, const std::string &path);

} // namespace spie::pack
