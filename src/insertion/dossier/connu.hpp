// What a dossier is known by while a file is read: its identities and its NIR, those of the import under way included.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "spie/dossier/identite.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

enum class EtatNir {
  absent,
  tenu,
  // An import took it away: the record of somebody else has it too. It attaches nobody until the attachment of that
  // record is undone.
  partage,
};

class DossierConnu {
public:
  // Events count when their import is closed, or is this one.
  DossierConnu(Journal &journal, const Sujet &dossier, std::string_view import_id);

  // Corrections applied, retractions left out.
  const std::vector<const feel::Context *> &identites() const noexcept { return identities_; }
  EtatNir nir(const std::vector<std::string> &prints) const;
  // The current version of the event that holds it; nullptr when it is not held.
  const Evenement *nir_event(const std::vector<std::string> &prints) const;
  // A record of this source is attached to it under another key.
  bool has_other_record(std::string_view source, std::string_view cle) const;

private:
  const Evenement *current(const Evenement *event) const;

  Recueil gathered_;
  std::vector<const Evenement *> counted_;
  std::map<std::string_view, const Evenement *> corrections_; // by the event that they stand for
  std::vector<const feel::Context *> identities_;
};

} // namespace spie::dossier
