// One person, one dossier: which dossier a record belongs to, which dossiers may be of one person, and how two become
// one and are parted again (docs/dossier.md, "Identité").
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/nir.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dossier {

// No NIR is kept in clear: it serves to match (spie/nir.hpp).
using spie::find_nir;
using spie::holds_nir;
using spie::masked_nir;
using spie::Nir;
using spie::read_nir;
using spie::resembles_nir;
using spie::without_nir;

// What a record says of the person it is about.
struct Releve {
  std::string source; // "caf.vrsb"
  std::string cle;    // of the person there, without NIR; empty when the source gives none
  std::string nom, nom_naissance, prenom;
  std::optional<feel::Date> naissance;
  std::string commune_naissance;
  std::string sexe; // "1", "2", "M", "F", "H"; empty when unknown
  std::string nir;  // as the source writes it; may be no NIR
  // A dossier without identity, which holds what came before this record under its identifier.
  std::optional<Sujet> attente;
};

enum class RegleRattachement : std::uint8_t { cle_source, nir, noms, nouveau };
std::string_view text(RegleRattachement regle) noexcept;

struct Proposition {
  Sujet dossier;
  std::vector<std::string> raisons; // in French
};

struct Rattachement {
  Sujet dossier;
  RegleRattachement regle = RegleRattachement::nouveau;
  bool deja = false; // the record was attached before: nothing to record
  std::vector<Proposition> propositions;
  bool trop_d_homonymes = false;     // more than are proposed: none is
  bool sur_noms = false;             // a new dossier, that names, birth date and birthplace would have attached
  std::string nir_faute;             // why the record's NIR was not used, in French
  std::vector<Evenement> evenements; // to be appended: the attachment, the fingerprint of the NIR, the proposals
};

struct OptionsIdentite {
  bool rattacher_sur_noms = false; // names, birth date and birthplace are enough; by default they only propose
};
// How many others of its names and birth date a record may look like. Beyond, they tell nobody apart: none is proposed,
// and a file that repeats one name does not make a proposal for each pair.
constexpr std::size_t homonymes_max = 20;

// Attaches by the source's own key and the birth date; else by the NIR, when sex, year and month of birth are those it
// says and nothing contradicts it; else gives a new dossier. A NIR whose bearer is contradicted is kept from both: a
// `retrait` takes it from who had it. Two dossiers are never merged here: what looks alike is proposed. `modele` has
// the author, the source and the effect of the events to be made.
Rattachement rattacher(Journal &journal, const Releve &releve, const Evenement &modele,
                       const OptionsIdentite &options = {});

// Who records, when, and why.
struct Acte {
  std::string auteur;
  Instant at;
  feel::Date effet;
  std::string motif;
};

// Makes `absorbe` a part of `garde`; gives the id of the merge. E007 when they are one already, E005 when one is not
// there.
std::string fusionner(Journal &journal, const Sujet &garde, const Sujet &absorbe, const Acte &acte);
// The events recorded about the merged dossier since the merge: undoing it assigns each.
std::vector<Evenement> evenements_depuis(Journal &journal, std::string_view fusion);
struct Affectation {
  std::string evenement;
  Sujet dossier; // one of the two
};
// E007 when the merge does not hold any more, or when an event since is not assigned to one of the two.
void defusionner(Journal &journal, std::string_view fusion, const std::vector<Affectation> &affectations,
                 const Acte &acte);
// Undoes an attachment: what that record of the source said goes to a new dossier, which is given back; a NIR that was
// taken from somebody because of that record is hers again.
Sujet detacher(Journal &journal, std::string_view rattachement, const Acte &acte);

// A correction of an event, or its retraction when `contenu` is nothing; gives its id.
std::string corriger(Journal &journal, std::string_view evenement, const std::optional<feel::Context> &contenu,
                     const std::optional<Effet> &effet, const Acte &acte);

// Erases the persons' dossiers, those merged into them, and the households that have no other member left: all of it or
// nothing. `before` is called when it is ready to be committed, and gives it up by throwing.
std::vector<Effacement> effacer(Journal &journal, const std::vector<Sujet> &personnes, const Acte &acte,
                                const std::function<void()> &before = {});
inline std::vector<Effacement> effacer(Journal &journal, const Sujet &personne, const Acte &acte) {
  return effacer(journal, std::vector{personne}, acte);
}

} // namespace spie::dossier
