// What stands between an actor and a person at the instant of asking: ties, consents, decisions of the controller,
// texts that were declassified. The date that he asks about plays no part: who was référent then is not référent now.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/decisions.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/vue.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::droits {

// The day in Paris.
feel::Date jour_de(dossier::Instant instant);

struct Consentement {
  std::string finalite, destinataire;
  bool accorde = false;
  std::vector<std::string> objets; // all facts when there is none
};

// Whether the actor organises that instance: he has a seat of "animateur" in it at the instant of asking.
bool organises(dossier::Journal &journal, const dossier::Sujet &instance, const Demande &demande);

class Relations {
public:
  Relations(dossier::Journal &journal, const dossier::Sujet &personne, const Demande &demande,
            const dossier::Regles &regles);

  const dossier::Sujet &dossier() const noexcept { return situation_.sujet; }
  const std::string &acteur() const noexcept { return demande_.acteur.id; }
  feel::Date jour() const noexcept { return jour_; }
  bool holds(const Role &role) const;
  // Whether a thing of this type is one that he is tied to her by, in that role: of her relays, whoever receives or
  // hands over sees his own; of her referrals, who is convened sees those that he is convened for.
  bool tied_to(const Role &role, std::string_view type, std::string_view cle) const;
  // Whether the person consents that this role, or the actor's structure, sees one of these objects. What she says of
  // the structure goes before what she says of the role.
  bool consents(std::string_view role, const std::vector<std::string> &objets) const;
  const std::vector<EtapeDecision> &decisions() const noexcept { return decisions_; }
  // Whether the text that this event holds in this field was read, and declassified.
  bool declasse(std::string_view evenement, std::string_view champ) const;

  // The events that the dossier holds at the instant of asking.
  const dossier::Recueil &recueil() const noexcept { return recueil_; }

private:
  struct Lien {
    std::string type; // "referent", "membre"
    std::string professionnel, structure, instance;
  };
  struct Relais {
    std::string etape, de, vers;
    feel::Date depuis; // of its step
  };
  struct Saisine {
    feel::Date depuis;
    std::string instance;
    bool etudiee = false, organise = false; // whether the actor organises its instance
    std::optional<feel::Date> seance = {};  // of the session that it stands for; none when it is cancelled, or unknown
    bool siege = false;                     // whether he sits there on that day
    bool nomme = false;                     // whether the referral names him among her members
  };
  void read_ties();
  void read_relays();
  void read_referrals(dossier::Journal &journal);
  bool ties(const Role &role, const Relais &relay) const;
  // In the role of who organises, or is convened; true for the others.
  bool ties(const Role &role, const Saisine &referral) const;
  bool convened(const Role &role) const; // for one of them at least
  // Whether what is over since that day still ties.
  bool still(const Role &role, feel::Date since) const;
  void read_consents(const std::vector<dossier::Enonce> &said);
  void read_declassified(const std::vector<dossier::Enonce> &said);

  const Demande &demande_;
  feel::Date jour_;
  dossier::Recueil recueil_;
  dossier::Situation situation_;
  bool soi_ = false;
  std::vector<Lien> liens_;
  std::map<std::string, Relais, std::less<>> relais_;    // by id
  std::map<std::string, Saisine, std::less<>> saisines_; // by id
  std::vector<Consentement> consentements_;
  std::vector<EtapeDecision> decisions_;
  std::set<std::pair<std::string, std::string>> declasses_; // event, field
};

} // namespace spie::droits
