// What stands between an actor and a person at the instant of asking: ties, consents, decisions of the controller. The
// date that he asks about plays no part: who was référent then is not référent now.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/droits/vue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

// The day in Paris.
feel::Date jour_de(dossier::Instant instant);

struct Consentement {
  std::string finalite, destinataire;
  bool accorde = false;
  std::vector<std::string> objets; // all facts when there is none
};

class Relations {
public:
  Relations(dossier::Journal &journal, const dossier::Sujet &personne, const Demande &demande,
            const dossier::Regles &regles);

  const dossier::Sujet &dossier() const noexcept { return situation_.sujet; }
  bool holds(Relation relation) const;
  // Whether the person consents that this role, or the actor's structure, sees one of these objects. What she says of
  // the structure goes before what she says of the role.
  bool consents(std::string_view role, const std::vector<std::string> &objets) const;
  // The decision that holds the view back; nullptr when there is none.
  const Blocage *blocked(const Droits &droits, std::string_view role) const;

private:
  struct Lien {
    std::string type; // "referent", "membre"
    std::string professionnel, structure, instance;
  };
  void read_ties();
  void read_consents(dossier::Journal &journal, const dossier::Sujet &personne);

  const Demande &demande_;
  feel::Date jour_;
  dossier::Situation situation_;
  bool soi_ = false;
  std::vector<Lien> liens_;
  std::vector<Consentement> consentements_;
};

} // namespace spie::droits
