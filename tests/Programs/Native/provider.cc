// Answers what LLVM's FuzzedDataProvider gives: reads lines "<hex of the input> <call> <call> ..." and writes a line of answers for each.
// A string is answered as hex, a number as decimal digits, a floating-point number as the hex digits of its bits. Calls are those of "answer" below.
#include <fuzzer/FuzzedDataProvider.h>

#include <cinttypes>
#include <cstdio>
#include <iostream>
#include <sstream>

namespace {

enum class Choice { A, B, C, D, E, kMaxValue = E };

std::vector<uint8_t> bytes(const std::string &hex) {
  std::vector<uint8_t> result;
  for (size_t i = 0; hex != "-" && i + 1 < hex.size(); i += 2) result.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return result;
}

template <typename T> void hex(const T &data) {
  std::printf(" x");
  for (auto byte : data) std::printf("%02X", static_cast<unsigned char>(byte));
}

template <typename T> void number(T value) { std::printf(" %s", std::to_string(value).c_str()); }

void bits(float value) { uint32_t raw; std::memcpy(&raw, &value, sizeof raw); std::printf(" %08" PRIX32, raw); }
void bits(double value) { uint64_t raw; std::memcpy(&raw, &value, sizeof raw); std::printf(" %016" PRIX64, raw); }

template <typename T> T parse(std::istream &in) {
  std::string text;
  in >> text;
  return std::is_signed<T>::value ? static_cast<T>(std::stoll(text)) : static_cast<T>(std::stoull(text));
}

template <typename T> void range(FuzzedDataProvider &data, std::istream &in) {
  T low = parse<T>(in);
  T high = parse<T>(in);
  number(data.ConsumeIntegralInRange<T>(low, high));
}

template <typename T> void real(FuzzedDataProvider &data, std::istream &in) {
  double low, high;
  std::string text;
  in >> text; low = std::stod(text);
  in >> text; high = std::stod(text);
  bits(data.ConsumeFloatingPointInRange<T>(static_cast<T>(low), static_cast<T>(high)));
}

void answer(const std::string &call, FuzzedDataProvider &data, std::istream &in) {
  static const int primes[] = {2, 3, 5, 7, 11, 13, 17};
  if (call == "bytes") hex(data.ConsumeBytes<uint8_t>(parse<size_t>(in)));
  else if (call == "terminated") hex(data.ConsumeBytesWithTerminator<uint8_t>(parse<size_t>(in), 0xEE));
  else if (call == "rest") hex(data.ConsumeRemainingBytes<uint8_t>());
  else if (call == "string") hex(data.ConsumeBytesAsString(parse<size_t>(in)));
  else if (call == "random") hex(data.ConsumeRandomLengthString(parse<size_t>(in)));
  else if (call == "any") hex(data.ConsumeRandomLengthString());
  else if (call == "data") { std::vector<uint8_t> to(parse<size_t>(in), 0xCC); number(data.ConsumeData(to.data(), to.size())); hex(to); }
  else if (call == "bool") number(data.ConsumeBool() ? 1 : 0);
  else if (call == "enum") number(static_cast<int>(data.ConsumeEnum<Choice>()));
  else if (call == "pick") number(data.PickValueInArray(primes));
  else if (call == "left") number(data.remaining_bytes());
  else if (call == "i8") number(data.ConsumeIntegral<int8_t>());
  else if (call == "u8") number(data.ConsumeIntegral<uint8_t>());
  else if (call == "i16") number(data.ConsumeIntegral<int16_t>());
  else if (call == "u16") number(data.ConsumeIntegral<uint16_t>());
  else if (call == "i32") number(data.ConsumeIntegral<int32_t>());
  else if (call == "u32") number(data.ConsumeIntegral<uint32_t>());
  else if (call == "i64") number(data.ConsumeIntegral<int64_t>());
  else if (call == "u64") number(data.ConsumeIntegral<uint64_t>());
  else if (call == "r8") range<int8_t>(data, in);
  else if (call == "ru8") range<uint8_t>(data, in);
  else if (call == "r16") range<int16_t>(data, in);
  else if (call == "r32") range<int32_t>(data, in);
  else if (call == "ru32") range<uint32_t>(data, in);
  else if (call == "r64") range<int64_t>(data, in);
  else if (call == "ru64") range<uint64_t>(data, in);
  else if (call == "pf") bits(data.ConsumeProbability<float>());
  else if (call == "pd") bits(data.ConsumeProbability<double>());
  else if (call == "f") bits(data.ConsumeFloatingPoint<float>());
  else if (call == "d") bits(data.ConsumeFloatingPoint<double>());
  else if (call == "rf") real<float>(data, in);
  else if (call == "rd") real<double>(data, in);
  else { std::fprintf(stderr, "unknown call %s\n", call.c_str()); std::exit(1); }
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    std::string input, call;
    in >> input;
    std::vector<uint8_t> raw = bytes(input);
    FuzzedDataProvider data(raw.data(), raw.size());
    while (in >> call) answer(call, data, in);
    std::printf("\n");
  }
}
