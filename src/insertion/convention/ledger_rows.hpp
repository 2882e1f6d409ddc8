// What the readers of the ledger and of the payments share: records of cells, from CSV or from values, and the account
// of what is refused.
#pragma once

#include "spie/convention/registre.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spie::convention {

struct Column {
  std::string name;
  bool required = true;  // a JSON record must have the key
  bool in_header = true; // a CSV header must have the column
};

// A cell: its text (of a number or a date too), and the value when the source had one.
struct Cell {
  std::string text;
  const feel::Value *value = nullptr;
  bool empty() const noexcept { return text.empty(); }
};

// Takes the faults of one record, and the record falls when there is one.
class Recorder {
public:
  Recorder(CompteRendu &lecture, const ReadOptions &options, bool has_lines)
      : lecture_(lecture), options_(options), has_lines_(has_lines) {}

  void begin(std::size_t line) {
    line_ = line;
    faulty_ = false;
    ++lecture_.recus;
  }
  void refuse(Code code, std::string_view field, std::string_view value, std::string reason, std::string remedy);
  bool faulty() const noexcept { return faulty_; }
  // True when the record stands.
  bool end() {
    ++(faulty_ ? lecture_.refuses_total : lecture_.lus);
    return !faulty_;
  }
  std::size_t line() const noexcept { return line_; }
  // A day that Excel numbered was read: said once a column, by `finish`.
  void numbered_day(std::string_view field, std::string_view text, feel::Date date);
  // What is said of the file as a whole, once all of it was read.
  void finish();

private:
  struct NumberedDays {
    std::size_t count = 0;
    std::string text, where; // of the first
    feel::Date date;
  };
  std::string where(std::string_view field) const;

  CompteRendu &lecture_;
  const ReadOptions &options_;
  bool has_lines_;
  std::size_t line_ = 0;
  bool faulty_ = false;
  std::map<std::string, NumberedDays, std::less<>> numbered_days_; // by column
};

// Called for each record whose form is right, cells in the order of the columns.
using Take = std::function<void(Recorder &, const std::vector<Cell> &)>;

void read_csv(std::string_view bytes, std::string_view name, const std::vector<Column> &columns,
              const ReadOptions &options, CompteRendu &lecture, const Take &take);
// `list_name`: the key under which an object may hold the list.
void read_values(const feel::Value &value, std::string_view name, std::string_view list_name,
                 const std::vector<Column> &columns, const ReadOptions &options, CompteRendu &lecture,
                 const Take &take);

bool looks_like_json(std::string_view bytes) noexcept;
feel::Value read_bounded_json(std::string_view bytes, std::string_view name, const ReadOptions &options);

inline constexpr const char *negative_amount = "le montant est négatif"; // the fault of parse_montant
// Of one cell; a fault is refused under `field`. `negative_remedy`: what to do about an amount below zero.
feel::Number take_montant(Recorder &recorder, std::string_view field, const Cell &cell, bool zero_allowed = false,
                          std::string_view negative_remedy = {});
feel::Date take_date(Recorder &recorder, std::string_view field, const Cell &cell);

} // namespace spie::convention
