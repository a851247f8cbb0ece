#pragma once
template <typename T> inline T limit(T value, T most) { return value > most ? most : value; }
