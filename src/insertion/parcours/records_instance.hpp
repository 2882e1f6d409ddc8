// The records of instances as tables, as records.hpp.
#pragma once

#include "rules/record/record.hpp"
#include "spie/parcours/instance.hpp"

namespace spie::record {

template <> struct Table<parcours::SiegeLu> {
  using Record = parcours::SiegeLu;
  static constexpr Title title{"SiegeLu", "parcours", "A seat of an instance."};
  static constexpr std::tuple fields{
      Field{"professionnel", &Record::professionnel},
      Field{"structure", &Record::structure, "Whose seat it is.", or_null},
      Field{"qualite", &Record::qualite, "\"animateur\", \"titulaire\", \"suppleant\" or \"invite\"."},
      Field{"depuis", &Record::depuis, "Its first day."},
  };
};

template <> struct Table<parcours::SeanceLue> {
  using Record = parcours::SeanceLue;
  static constexpr Title title{"SeanceLue", "parcours", "A session of an instance."};
  static constexpr std::tuple fields{
      Field{"session", &Record::session, "Its id: its day, and \"-2\" for a second one."},
      Field{"etape", &Record::etape, "\"fixee\", \"convoquee\", \"tenue\" or \"annulee\"."},
      Field{"date", &Record::date, "Its day."},
      Field{"lieu", &Record::lieu, "Where.", or_null},
  };
};

template <> struct Table<parcours::InstanceLue> {
  using Record = parcours::InstanceLue;
  static constexpr Title title{"InstanceLue", "parcours", "An instance, in the census of them."};
  static constexpr std::tuple fields{
      Field{"instance", &Record::instance},
      Field{"nom", &Record::nom},
      Field{"genre", &Record::genre, "What kind of instance.", or_null},
      Field{"territoire", &Record::territoire, "", or_null},
      Field{"label", &Record::label, "The last step of its label: \"demande\", \"accorde\", \"refuse\", \"retire\".",
            or_null},
      Field{"ad_hoc", &Record::ad_hoc, "Made for one territory or one case (S:1434-1438); null when nobody said."},
      Field{"quorum", &Record::quorum, "Sitting members that it needs; null when its règlement does not say."},
      Field{"reglement", &Record::reglement, "Its règlement intérieur.", or_null},
      Field{"sieges", &Record::sieges, "In force on that day."},
      Field{"seances", &Record::seances, "In the order of their days."},
  };
};

template <> struct Table<parcours::QuorumLu> {
  using Record = parcours::QuorumLu;
  static constexpr Title title{"QuorumLu", "parcours", "The quorum of a session."};
  static constexpr std::tuple fields{
      Field{"etat", &Record::etat, "\"atteint\", \"non_atteint\" or \"inconnu\"."},
      Field{"requis", &Record::requis, "By the règlement; null when it does not say."},
      Field{"presents", &Record::presents, "Sitting members who came; null when nobody noted them."},
  };
};

template <> struct Table<parcours::DecisionLue> {
  using Record = parcours::DecisionLue;
  static constexpr Title title{"DecisionLue", "parcours", "What an instance decided of a case."};
  static constexpr std::tuple fields{
      Field{"nature", &Record::nature, "A code of the pack."},
      Field{"motif", &Record::motif, "", or_null},
      Field{"manque_offre", &Record::manque_offre, "What the offer lacks.", or_null},
      Field{"suite", &Record::suite, "", or_null},
      Field{"date", &Record::date, "Its day."},
      Field{"autorite", &Record::autorite, "Of a reorientation: who decides it by the law.", or_null},
      Field{"article", &Record::article, "Of a reorientation: by which article.", or_null},
      Field{"notifie_le", &Record::notifie_le, "Of a reorientation: when she was told."},
  };
};

template <> struct Table<parcours::CasInstance> {
  using Record = parcours::CasInstance;
  static constexpr Title title{"CasInstance", "parcours", "A case that a session studies, or that waits for one."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne, "Whose case it is."},
      Field{"nom", &Record::nom, "Null when it is not seen.", or_null},
      Field{"prenom", &Record::prenom, "", or_null},
      Field{"saisine", &Record::saisine, "Its id, for who organises the instance or sees the whole of it.", or_null},
      Field{"etape", &Record::etape, "\"deposee\", \"inscrite\" or \"etudiee\"."},
      Field{"inscrit", &Record::inscrit, "To this session; else it waits for one of the instance."},
      Field{"deposee_le", &Record::deposee_le},
      Field{"motif", &Record::motif, "Why: a code of the pack.", or_null},
      Field{"question", &Record::question,
            "What is asked: a free text, null until it is declassified or seen by right.", or_null},
      Field{"referents", &Record::referents, "Professionals in force."},
      Field{"membres", &Record::membres, "Members of her path that the referral names."},
      Field{"decision", &Record::decision, "Null until there is one."},
  };
};

template <> struct Table<parcours::Convocation> {
  using Record = parcours::Convocation;
  static constexpr Title title{"Convocation", "parcours", "Somebody whom a session convenes, and why."};
  static constexpr std::tuple fields{
      Field{"qui", &Record::qui},
      Field{"qualite", &Record::qualite, "\"membre\", \"referent\" or \"personne\"."},
      Field{"raisons", &Record::raisons, "In French."},
      Field{"personnes", &Record::personnes, "Whose cases concern him, of those that the reader sees."},
      Field{"etat", &Record::etat, "What is noted of him: \"convie\", \"present\", \"excuse\", \"absent\".", or_null},
  };
};

template <> struct Table<parcours::Agenda> {
  using Record = parcours::Agenda;
  static constexpr Title title{"Agenda", "parcours", "A session of an instance, as who reads it may see it."};
  static constexpr std::tuple fields{
      Field{"instance", &Record::instance},
      Field{"nom", &Record::nom},
      Field{"seance", &Record::seance},
      Field{"role", &Record::role, "Of who reads; null when no case is his to see.", or_null},
      Field{"quorum", &Record::quorum},
      Field{"cas", &Record::cas, "Those of the session, then those that wait."},
      Field{"convocations", &Record::convocations, "Sitting members, and who is concerned by those cases."},
  };
};

template <> struct Table<parcours::PresencesComptees> {
  using Record = parcours::PresencesComptees;
  static constexpr Title title{"PresencesComptees", "parcours", "Who was convened to sessions, and who came."};
  static constexpr std::tuple fields{
      Field{"convies", &Record::convies, "Null where a small count is not told."},
      Field{"presents", &Record::presents, "As above."},
      Field{"taux", &Record::taux, "Present of those convened, to three decimals."},
  };
};

template <> struct Table<parcours::ManqueOffre> {
  using Record = parcours::ManqueOffre;
  static constexpr Title title{"ManqueOffre", "parcours", "A gap of the offer, and how many decisions name it."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "A code of the pack."},
      Field{"effectif", &Record::effectif, "Null where a small count is not told."},
  };
};

template <> struct Table<parcours::Participation> {
  using Record = parcours::Participation;
  static constexpr Title title{"Participation", "parcours",
                               "What the convention counts of instances over a period (S:1714-1728)."};
  static constexpr std::tuple fields{
      Field{"du", &Record::du},
      Field{"au", &Record::au, "Included."},
      Field{"instances", &Record::instances, "Those that are counted."},
      Field{"seances", &Record::seances, "Held."},
      Field{"seances_sans_presence", &Record::seances_sans_presence, "Of which nobody noted who was convened."},
      Field{"partenaires", &Record::partenaires, "Professionals."},
      Field{"personnes", &Record::personnes, "The people whose cases were studied."},
      Field{"situations_etudiees", &Record::situations_etudiees, "Referrals decided; null where small."},
      Field{"reorientations", &Record::reorientations, "Of them; null where small, or where the rest is."},
      Field{"manques", &Record::manques, "Gaps of the offer."},
      Field{"petits_effectifs", &Record::petits_effectifs, "Whether some counts are not told."},
  };
};

} // namespace spie::record
