// A VRSB flow of as many invented households as asked, made while it is read: two adults with three months of income
// and two activities each, and a child. Windows-1252; about 5.4 KB a household.
#pragma once

#include "tests/exchange/vrsb_file.hpp"

#include "spie/exchange/import.hpp"

#include <algorithm>
#include <cstring>

namespace spie::testing::vrsb {

enum class Ampleur {
  pleine,    // as in the published sample: two adults, three natures of income a month, two activities; and a child
  ordinaire, // as in the invented département (spie synthetique): a spouse in one of six, one nature a month, one
             // activity
};

class Flow final : public exchange::Octets {
public:
  explicit Flow(std::size_t households, std::string reference = "2022-02-28", Ampleur size = Ampleur::pleine)
      : households_(households), size_(size) {
    file_.reference = std::move(reference);
    file_.encoding = "windows-1252";
    const bool full = size == Ampleur::pleine;
    couple_ = to_xml(household(full, true));
    alone_ = to_xml(household(full, false));
    rewind();
  }

  std::size_t read(char *buffer, std::size_t size) override {
    std::size_t given = 0;
    while (given < size) {
      if (at_ == piece_.size() && !next())
        break;
      const std::size_t count = std::min(size - given, piece_.size() - at_);
      std::memcpy(buffer + given, piece_.data() + at_, count);
      at_ += count;
      given += count;
    }
    return given;
  }
  void rewind() override {
    piece_ = head(file_);
    at_ = 0;
    index_ = 0;
    ended_ = false;
  }

private:
  static std::string income(bool full) {
    std::string text;
    for (const char *month : {"2021-08-01", "2021-09-01", "2021-10-01"}) {
      std::string details =
          element("GeneraliteRessourcesMensuelles", element("MOISRESS", month) + element("NBHEUMENTRA", "000"));
      for (const char *nature : full ? std::vector{"001", "010", "044"} : std::vector{"001"})
        details +=
            element("DetailRessourcesMensuelles", element("NATRESS", nature) + element("MTNATRESSMEN", "0001675.00"));
      text += element("RessourcesMensuelles", details);
    }
    return element("Ressources", element("GeneraliteRessourcesTrimestre", element("TOPRESSNUL", "0") +
                                                                              element("DDRESS", "2021-08-01") +
                                                                              element("DFRESS", "2021-10-31")) +
                                     text);
  }

  // With marks of the length of what takes their place.
  static Household household(bool full, bool couple) {
    const std::string more =
        element("DossierPoleEmploi", element("IDASSEDIC", "@DE@@@@X")) + income(full) +
        (full ? element("Activite", element("REG", "GE") + element("ACT", "SAL") + element("DDACT", "2021-11-01") +
                                        element("DFACT", "2021-12-19"))
              : std::string()) +
        element("Activite", element("REG", "GE") + element("ACT", "CHO") + element("DDACT", "2021-12-20"));
    Person asks, spouse, child;
    asks.nom = spouse.nom = child.nom = "EXEMPLE @NOM@@";
    asks.prenom = "ALINE";
    asks.naissance = "@NAIS@@@@@";
    asks.nir = "@NIRF@@@@@@@@";
    asks.more = more;
    spouse.prenom = "BRUNO";
    spouse.role = "CJT";
    spouse.sexe = "1";
    spouse.naissance = asks.naissance;
    spouse.nir = "@NIRH@@@@@@@@";
    spouse.more = more;
    child.prenom = "ZOE";
    child.naissance = "2019-06-01";
    child.role = "ENF";
    child.droits = "";
    Household made;
    made.matricule = "@MAT@@@00000000";
    made.commune = "NANGIS-L'\xC9TANG";
    made.personnes = {asks};
    if (couple)
      made.personnes.push_back(spouse);
    if (full || couple)
      made.personnes.push_back(child);
    return made;
  }

  static std::string digits(std::size_t number, std::size_t width) {
    std::string text(width, '0');
    for (std::size_t i = width; i-- > 0; number /= 10)
      text[i] = static_cast<char>('0' + number % 10);
    return text;
  }

  void put(std::string_view mark, const std::string &value) {
    for (std::size_t at = piece_.find(mark); at != std::string::npos; at = piece_.find(mark, at + value.size()))
      piece_.replace(at, value.size(), value);
  }

  bool next() {
    if (ended_)
      return false;
    at_ = 0;
    if (index_ == households_) {
      piece_ = tail(file_, households_);
      ended_ = true;
      return true;
    }
    std::size_t rest = index_;
    const auto draw = [&](std::size_t among) {
      const std::size_t drawn = rest % among;
      rest /= among;
      return drawn;
    };
    const std::size_t order = draw(999) + 1, commune = 990 + draw(10), month = draw(12) + 1, year = 50 + draw(50);
    const std::string number =
        digits(year, 2) + digits(month, 2) + "77" + digits(commune, 3) + digits(order, 3); // no such commune
    std::string letters(6, 'A');
    for (std::size_t i = 6, left = index_; i-- > 0; left /= 26)
      letters[i] = static_cast<char>('A' + left % 26);
    piece_ = size_ == Ampleur::pleine || index_ % 6 == 0 ? couple_ : alone_;
    put("@NOM@@", letters);
    put("@NAIS@@@@@", "19" + digits(year, 2) + "-" + digits(month, 2) + "-" + digits(index_ % 28 + 1, 2));
    put("@NIRF@@@@@@@@", "2" + number);
    put("@NIRH@@@@@@@@", "1" + number);
    put("@MAT@@@", digits(index_ + 1, 7));
    put("@DE@@@@", digits(index_, 7));
    ++index_;
    return true;
  }

  File file_;
  std::size_t households_, index_ = 0, at_ = 0;
  Ampleur size_;
  std::string couple_, alone_, piece_;
  bool ended_ = false;
};

} // namespace spie::testing::vrsb
