// What an instance says of itself, for its rules and its views.
#pragma once

#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "spie/parcours/instance.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

// The events of one instance, read once. E005 when there is none.
class Instance {
public:
  Instance(dossier::Journal &journal, const dossier::Sujet &sujet, const dossier::Connaissance &connu);

  const dossier::Sujet &sujet() const noexcept { return sujet_; }
  InstanceLue lue(feel::Date au) const;
  const std::vector<Chose> &seances() const noexcept { return seances_; }
  const Chose *seance(std::string_view id) const { return find(seances_, id); }
  const std::vector<Chose> &presences() const noexcept { return presences_; }
  // Seats in force on that day; those of its members, whom a session convenes and whose presence makes the quorum: an
  // invited seat is none.
  std::vector<SiegeLu> sieges(feel::Date au) const;
  std::vector<SiegeLu> membres(feel::Date au) const;
  QuorumLu quorum(const Chose &seance) const;

private:
  dossier::Journal &journal_;
  dossier::Sujet sujet_;
  dossier::Connaissance connu_;
  dossier::Recueil recueil_;
  dossier::Enonces dits_;
  std::vector<Chose> seances_, presences_;
};

SeanceLue seance_lue(const Chose &seance);
feel::Date jour_de_seance(const Chose &seance); // the day that it was said on, when it has none
// The persons whose referral names the instance.
std::vector<dossier::Sujet> personnes_saisies(dossier::Journal &journal, const dossier::Sujet &instance);
// Her cases before this session that the mask shows; none of any other.
std::vector<CasInstance> cas_de(dossier::Journal &journal, const droits::Demande &demande, const droits::Masque &mask,
                                const Instance &instance, const Chose &seance, bool organise);
// Whom the session convenes for these cases, and why.
std::vector<Convocation> convoquer(const Instance &instance, const Chose &seance, const std::vector<CasInstance> &cas);

} // namespace spie::parcours
