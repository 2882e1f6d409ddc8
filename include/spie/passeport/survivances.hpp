// What outlives a passport that is erased: the entries of status that who holds the key is to set, and what stays in
// others' hands, which nobody takes back.
#pragma once

#include "spie/conservation/conservation.hpp"
#include "spie/passeport/passeport.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::passeport {

// Something that was written out, and to whom.
struct Sortie {
  std::string destinataire, finalite; // empty: herself
  std::string forme;                  // "json", "cv", "badges", "clr", or "badge" for one put into her hands
  feel::Date le;
  std::optional<feel::Date> jusqu_au; // the last day of the share, when what is signed ends by itself
  std::string empreinte;
};
struct Survivances {
  std::string personne;
  std::vector<StatutBadge> a_poser;     // of what was signed under shares
  std::vector<StatutBadge> si_demande;  // of badges in her hands: they stay valid unless she asks
  std::vector<std::string> sans_statut; // badges that nobody can withdraw
  std::vector<Sortie> chez_d_autres;    // copies that stay where they are
  bool empty() const noexcept {
    return a_poser.empty() && si_demande.empty() && sans_statut.empty() && chez_d_autres.empty();
  }
};
// All that the journal holds, under no mask: for who erases. Throws Error E005 for a person who is not there.
Survivances survivances(dossier::Journal &journal, const dossier::Sujet &personne);

// Of one share, whatever its state: what ceasing it leaves to be set.
std::vector<StatutBadge> statuts_du_partage(dossier::Journal &journal, const dossier::Sujet &personne,
                                            const std::string &partage);

// As in spie/conservation, with what outlives the passports of who is erased; those without a trace are left out.
struct Effaces {
  conservation::Effaces effaces;
  std::vector<Survivances> passeports;
};
Effaces effacer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, const Pack &pack,
                const conservation::ReglesConservation &regles, const droits::Droits &droits,
                const dossier::Acte &acte);
Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const conservation::ReglesConservation &regles,
                      const droits::Droits &droits, const dossier::Acte &acte);

feel::Value to_value(const Survivances &survivances);
feel::Value to_value(const std::vector<StatutBadge> &statuts);
feel::Value to_value(const Effaces &effaces); // that of spie/conservation, and "passeports"

} // namespace spie::passeport
