// Instants, subjects, states of knowledge and acts, as Python writes them.
#include "bindings/python/held_store.hpp"

#include <chrono>

namespace spie::python {
namespace {

[[noreturn]] void refuse_argument(const char *name, std::string fault) {
  throw Error(Diagnostic{Code::api_argument, Level::error, std::move(fault), name});
}

} // namespace

dossier::Instant to_record(const std::string &text, const char *name) {
  const auto instant = dossier::Instant::parse(text);
  if (!instant)
    refuse_argument(name, "An instant with its zone is expected, not '" + text + "'.");
  return *instant;
}

dossier::Sujet to_subject(const std::string &text, const char *name) {
  const auto subject = dossier::Sujet::parse(text);
  if (!subject)
    refuse_argument(name, "A subject such as 'personne:4kq9' is expected, not '" + text + "'.");
  return *subject;
}

dossier::Connaissance to_known(const std::optional<std::string> &text, const char *name) {
  if (!text)
    return {};
  const auto known = dossier::Connaissance::parse(*text);
  if (!known)
    refuse_argument(name, "A date, an instant with its zone or a seq is expected, not '" + *text + "'.");
  return *known;
}

dossier::Horloge to_clock(const std::optional<std::string> &fixed) {
  if (fixed)
    return [instant = to_record(*fixed, "maintenant")] { return instant; };
  return [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return dossier::Instant{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  };
}

dossier::Acte to_act(const std::string &author, const std::string &at, py::handle effect, const std::string &reason) {
  return {author, to_record(at, "at"), to_date(effect, "effet"), reason};
}

} // namespace spie::python
