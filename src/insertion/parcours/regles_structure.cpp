// What the acts on the badges of structures must hold.
#include "insertion/parcours/regles_acte.hpp"
#include "insertion/text_of.hpp"

namespace spie::parcours {

namespace {

[[noreturn]] void refuse_content(std::string message, std::string_view field, std::string remedy) {
  throw Error(
      {Code::path_request, Level::error, std::move(message), "/contenu/" + std::string(field), std::move(remedy)});
}

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const feel::Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

} // namespace

void regle_badge_structure(EnCours &act) {
  if (act.transition.vers == "retire") {
    if (text_of(act.contenu, "motif").empty())
      refuse_content("a badge is withdrawn with its motive", "motif", "Give it.");
    return;
  }
  if (!act.acte.etabli)
    refuser(Raison::badge_structure_non_verifie, "/acte");
  for (const char *field : {"code", "badge", "empreinte", "emetteur", "debut"})
    if (act.contenu.find(field) == nullptr || (text_of(act.contenu, field).empty() && !day_of(act.contenu, field)))
      refuse_content("a badge that was signed must say '" + std::string(field) + "'", field, "Give it.");
  if (const auto from = day_of(act.contenu, "debut"), to = day_of(act.contenu, "fin"); from && to && *to < *from)
    refuse_content("the badge ends before it begins", "fin", "Give its last day.");
  if (text_of(act.contenu, "liste").empty() != text_of(act.contenu, "entree").empty())
    refuse_content("a list of status and its entry go together", "entree", "Give both, or neither.");
}

} // namespace spie::parcours
