#!/bin/sh
# Stands for bubblewrap and makes no namespace: the inner stage alone, with the orders it was given.
while [ $# -gt 0 ]; do
    case "$1 $3" in
        "--ro-bind-try /.leadforge/launcher") launcher=$2 ;;
        "--ro-bind-try /.leadforge/order") order=$2 ;;
    esac
    shift
done
exec "$launcher" __sandbox exec "$order"
