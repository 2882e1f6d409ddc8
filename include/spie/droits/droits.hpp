// Who may see what: roles, purposes and families of facts, as the pack's donnees/droits.json says them
// (docs/droits.md). Nothing of it stands in C++: another department adopts another table.
#pragma once

#include "spie/pack/pack.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

// How a fact is shown, from the least to the most.
enum class Traitement : std::uint8_t { retenu, grossi, clair };
std::string_view text(Traitement traitement) noexcept;

// One cell of the matrix: without the person's consent, and with it.
struct Cellule {
  Traitement sans = Traitement::retenu;
  Traitement avec = Traitement::retenu;
  friend bool operator==(const Cellule &, const Cellule &) = default;
};
// "clair", "grossi/clair": without a consent, then with one.
std::string text(const Cellule &cellule);
std::optional<Cellule> cellule_of(std::string_view text);

// What ties an actor to a person, at the instant of asking; without it a role sees nothing.
enum class Relation : std::uint8_t {
  aucune,    // none is needed
  soi,       // the person
  referent,  // named, and not ended
  membre,    // of the pathway
  instance,  // convened to the session that studies her case, around its day; or her member in that instance
  structure, // one of its professionals is a référent or a member
  pressenti, // asked to receive her, by a relay that is neither refused, withdrawn nor effective
  sortant,   // handed her over, by a relay effective since less than the role's duration
  animateur, // organises the instance that holds her referral; and that instance itself
};

struct Role {
  std::string nom, titre, source;
  Relation relation = Relation::aucune;
  // How long a tie that is over still holds (sortant: since the relay; animateur: since the case was studied).
  std::optional<std::int64_t> duree_mois;
  // Of who is convened to a session: the days before it and after it on which he is tied; never without them.
  std::optional<std::int64_t> jours_avant, jours_apres;
  bool pseudonyme = false; // the person is named by a pseudonym, and nothing shown leads back to an event
};
struct Finalite {
  std::string nom, titre, source;
};
struct Famille {
  std::string nom, titre;
  std::vector<std::string> faits; // "identite", "identite.date_naissance", "statut[aah]": the most precise one holds
  bool transversale = false;      // "sensible" and "texte_libre", which cut across the others
};
struct Ligne {
  std::string role, finalite;
  std::map<std::string, Cellule, std::less<>> cellules; // by family: all of them
};

// The coarse form of a field.
enum class Forme : std::uint8_t { tel_quel, present, annee, tranche_age, prefixe, compte };
struct Grossissement {
  std::string champ;
  Forme forme = Forme::present;
  std::int64_t longueur = 0; // of a prefix
};
struct Tranche {
  std::optional<std::int64_t> moins_de; // years; the last band has none
  std::string titre;
};

// What a field may hold beside a free text: the codes of its lists, and those of a form ("99999": 9 is a digit, A a
// capital letter or a digit, # some digits, anything else itself).
struct Codes {
  std::set<std::string, std::less<>> codes;
  std::vector<std::string> formes;
  bool has(std::string_view code) const noexcept;
};

// A decision of the controller that holds views back (RGPD, articles 17, 18, 21).
struct Blocage {
  std::string genre;
  std::vector<std::string> finalites; // all when there is none
  std::vector<std::string> exemptes;  // roles that see all the same
  bool portee = false; // the decision may name its own purposes and facts; else it is of the whole dossier
};

// Who may do what: an act, and the roles that may, each for its purpose. A role that has a tie may on the dossiers that
// it is tied to. An act whose steps are for different people has an entry for each.
struct Permission {
  std::string role, finalite;
};
struct Habilitation {
  std::string acte, titre, source;
  std::vector<std::string> types;  // of events: to record or to correct one asks for this act too
  std::vector<std::string> etapes; // … at these steps; at each when there is none
  std::vector<Permission> permis;
};

struct Droits {
  std::string titre, statut, source;
  std::vector<Finalite> finalites;
  std::vector<Role> roles;
  std::vector<Famille> familles;
  std::vector<Ligne> matrice;
  std::vector<Grossissement> grossissements;
  std::vector<Tranche> tranches;
  std::vector<Blocage> blocages;
  std::vector<Habilitation> habilitations;
  // Sensitivity, from the fields and from the (nomenclature, code) pairs: a field that may hold one sensitive code is
  // sensitive whole, since masking that code alone would reveal it. So is a type whose key is such a field.
  std::set<std::string, std::less<>> champs_sensibles;                                         // "frein.code"
  std::set<std::string, std::less<>> types_sensibles;                                          // "frein"
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> groupes; // field → code → group
  // Fields whose value a source makes, from its codes at times, and the type whose key it is: "action.objectif" →
  // "objectif". They are ranks in a view that does not show such a fact whole.
  std::map<std::string, std::string, std::less<>> numeros;
  std::map<std::string, Codes, std::less<>> codes;   // by field, from donnees/codes.json and the lists above
  std::set<std::string, std::less<>> declasses;      // texts that are not free ones
  std::set<std::string, std::less<>> autres_membres; // fields about other members of the household: the right of access
                                                     // gives them coarsely
  // Types whose act verifies what they say, or asks her: whatever the table allows, nobody records them beside it, or
  // corrects them: an act undoes them.
  std::set<std::string, std::less<>> par_leur_acte;
  std::set<std::string, std::less<>> decisions_publiques; // of packs: shown whatever they were made from
  // What the person is told with her data (RGPD, article 15 (1)), from donnees/traitement.json: {"responsable",
  // "contact", "finalites", "destinataires", "durees", "droits", "autorite"}; null when the pack says nothing.
  feel::Value traitement;

  const Role *role(std::string_view nom) const noexcept;
  const Finalite *finalite(std::string_view nom) const noexcept;
  const Famille *famille(std::string_view nom) const noexcept;
  const Ligne *ligne(std::string_view role, std::string_view finalite) const noexcept;
  // The entries of an act; none when the table does not know it.
  std::vector<const Habilitation *> habilitations_of(std::string_view acte) const;
  // The entries that events of this type ask for at this step, or at one of them when it is not said; none when they
  // ask for no act of their own.
  std::vector<const Habilitation *> habilitations_of(std::string_view type, std::string_view etape) const;
  // The family of a fact; nullptr when none holds it, and then nobody sees it.
  const Famille *famille_of(std::string_view type, std::string_view cle, std::string_view champ) const noexcept;
  bool sensible(std::string_view type, std::string_view champ) const noexcept;
  // What is no code of a list is a free text, whatever its field is called: of a field, whether nothing says which
  // codes it may hold; of a value, whether it is none of them; of a key, whether a part of it is none.
  bool texte_libre(std::string_view type, std::string_view champ) const noexcept;
  bool texte_libre(std::string_view type, std::string_view champ, const feel::Value &valeur) const;
  bool cle_libre(std::string_view type, std::string_view cle) const;
  // The age band of somebody born on `naissance`, on that day.
  std::string tranche(feel::Date naissance, feel::Date au) const;
};

// Throws Error R003, with its place, when the pack has no table or one that has not its form: a role, a purpose or a
// family that is not declared, a line that leaves a family out, a code of two groups, a type of two acts.
Droits read_droits(const Pack &pack);

} // namespace spie::droits
