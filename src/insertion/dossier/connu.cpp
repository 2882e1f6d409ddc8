#include "insertion/dossier/connu.hpp"

#include "insertion/text_of.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

bool is_nir(const Evenement &event, const std::vector<std::string> &prints) {
  return event.type == "identifiant" && event.corrige.empty() && text_of(event.contenu, "genre") == "nir" &&
         std::find(prints.begin(), prints.end(), text_of(event.contenu, "valeur")) != prints.end();
}

} // namespace

DossierConnu::DossierConnu(Journal &journal, const Sujet &dossier, std::string_view import_id)
    : gathered_(journal, dossier, {}) {
  for (const Evenement *event : gathered_.events()) {
    const std::string &from = event->source.import_id;
    if (!from.empty() && from != import_id && !journal.closed(from))
      continue;
    counted_.push_back(event);
    if (!event->corrige.empty())
      corrections_.emplace(event->corrige, event);
  }
  for (const Evenement *event : counted_)
    if (event->type == "identite" && event->corrige.empty())
      if (const Evenement *now = current(event); now->type == "identite")
        identities_.push_back(&now->contenu);
}

const Evenement *DossierConnu::current(const Evenement *event) const {
  for (auto next = corrections_.find(event->id); next != corrections_.end(); next = corrections_.find(event->id))
    event = next->second;
  return event;
}

const Evenement *DossierConnu::nir_event(const std::vector<std::string> &prints) const {
  for (const Evenement *event : counted_)
    if (is_nir(*event, prints))
      if (const Evenement *now = current(event); now->type == "identifiant")
        return now;
  return nullptr;
}

EtatNir DossierConnu::nir(const std::vector<std::string> &prints) const {
  if (nir_event(prints) != nullptr)
    return EtatNir::tenu;
  const bool taken = std::any_of(counted_.begin(), counted_.end(), [&](const Evenement *event) {
    return is_nir(*event, prints) && !current(event)->source.import_id.empty();
  });
  return taken ? EtatNir::partage : EtatNir::absent;
}

bool DossierConnu::has_other_record(std::string_view source, std::string_view cle) const {
  return std::any_of(counted_.begin(), counted_.end(), [&](const Evenement *event) {
    return event->type == "rattachement" && event->source.nom == source && text_of(event->contenu, "cle") != cle &&
           current(event) == event;
  });
}

} // namespace spie::dossier
